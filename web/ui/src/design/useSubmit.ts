import { useRef } from "preact/hooks";

/** What a form does when it is sent, once at a time: who taps twice, or while it is on its way, sends once. */
export function useSubmit(send: () => Promise<unknown>): (event: Event) => Promise<void> {
  const going = useRef(false);
  return async (event) => {
    event.preventDefault();
    if (going.current) return;
    going.current = true;
    try {
      await send();
    } finally {
      going.current = false;
    }
  };
}
