/** Where in the page one is: its address, and the way to another one, without the page being loaded anew. */

import { type ComponentChildren, createContext } from "preact";
import { useContext, useLayoutEffect, useMemo, useState } from "preact/hooks";

export interface Place {
  /** The path and what is asked behind it. */
  readonly url: string;
  /** Without a stroke at its end. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Go to `url`; `replace`: Back does not lead here again. */
  readonly route: (url: string, replace?: boolean) => void;
}

const Here = createContext<Place | null>(null);

/** Lets views know where they are, and leads links of the page to its own screens. */
export function LocationProvider({ children }: { children: ComponentChildren }) {
  const [url, setUrl] = useState(shown);
  useLayoutEffect(() => {
    const follow = (event: MouseEvent) => {
      const to = inside(event);
      if (to === null) return;
      event.preventDefault();
      history.pushState(null, "", to);
      setUrl(to);
    };
    const back = () => setUrl(shown);
    addEventListener("click", follow);
    addEventListener("popstate", back);
    return () => {
      removeEventListener("click", follow);
      removeEventListener("popstate", back);
    };
  }, []);
  const place = useMemo(() => ({ ...read(url), route: router(setUrl) }), [url]);
  return <Here.Provider value={place}>{children}</Here.Provider>;
}

/** Where one is. */
export function useLocation(): Place {
  const place = useContext(Here);
  if (!place) throw new Error("no LocationProvider is above");
  return place;
}

/** Where a click leads within the page; null where the browser sees to it. */
export function inside(event: MouseEvent): string | null {
  const { ctrlKey, metaKey, altKey, shiftKey, button, defaultPrevented } = event;
  if (ctrlKey || metaKey || altKey || shiftKey || button !== 0 || defaultPrevented) return null;
  const link = event.composedPath().find((one): one is HTMLAnchorElement => one instanceof HTMLAnchorElement);
  const href = link?.getAttribute("href");
  if (!link || !href || href.startsWith("#") || link.origin !== location.origin) return null;
  if (link.hasAttribute("download") || !["", "_self"].includes(link.target)) return null;
  return link.href.slice(link.origin.length);
}

/** What an address says. */
export function read(url: string): Omit<Place, "route"> {
  const { pathname, searchParams } = new URL(url, location.origin);
  return { url, path: pathname.replace(/\/+$/, "") || "/", query: Object.fromEntries(searchParams) };
}

function router(setUrl: (url: string) => void): Place["route"] {
  return (url, replace = false) => {
    if (replace) history.replaceState(null, "", url);
    else history.pushState(null, "", url);
    setUrl(url);
  };
}

function shown(): string {
  return location.pathname + location.search;
}
