import { useEffect, useState } from "preact/hooks";
import { Problem } from "../http/problem.ts";
import { type Addresses, addressesOf } from "./address.ts";

/** `gone`: one may not see it, or no longer. `down`: it did not arrive; call `again`. */
export interface Address {
  readonly src: string | undefined;
  readonly is: "coming" | "here" | "gone" | "down";
  readonly again: () => void;
}

/** The address of a picture, asked for when it is first drawn, and again when the line is back. */
export function useAddress(room: string, picture: string, size: "full" | "preview"): Address {
  const [tries, setTries] = useState(0);
  const [addresses, setAddresses] = useState<Addresses | null>(null);
  const [is, setIs] = useState<Address["is"]>("coming");
  useEffect(() => {
    let off = false;
    setIs("coming");
    addressesOf(room, picture).then(
      (found) => {
        if (off) return;
        setAddresses(found);
        setIs("here");
      },
      (error: unknown) => off || setIs(error instanceof Problem && error.status < 500 ? "gone" : "down"),
    );
    return () => {
      off = true;
    };
  }, [room, picture, tries]);
  const again = () => setTries((before) => before + 1);
  useEffect(() => {
    if (is !== "down") return;
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, [is]);
  return { src: addresses?.[size], is, again };
}
