import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { t } from "../words/words.ts";
import "./signout.css";
import "../words/more/menu.ts";

interface Props {
  /** How many commands are not on record yet: they go when one signs out. */
  waiting: number;
  /** A sentence where it could not be. */
  onSignOut: () => Promise<string | undefined>;
}

/** The way out, in the foot of a sheet. It asks first where something would be lost. */
export function SignOut({ waiting, onSignOut }: Props) {
  const [asked, setAsked] = useState(false);
  const [refused, setRefused] = useState<string>();
  const leave = () => (waiting > 0 && !asked ? setAsked(true) : void onSignOut().then(setRefused));
  return (
    <>
      {(refused || asked) && (
        <p class="signout-says" role="alert">
          {refused ?? t("menu.sign_out_waiting", { count: waiting })}
        </p>
      )}
      <Button look={asked ? "grave" : "plain"} onClick={leave}>
        {t(asked ? "menu.sign_out_anyway" : "menu.sign_out")}
      </Button>
    </>
  );
}
