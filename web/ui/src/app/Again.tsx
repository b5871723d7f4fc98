import { Sheet } from "../design/Sheet.tsx";
import type { Api } from "../http/api.ts";
import { SignIn } from "../signin/SignIn.tsx";
import { t } from "../words/words.ts";
import { SignOut } from "./SignOut.tsx";
import "../words/more/menu.ts";

interface Props {
  api: Api;
  handle: string;
  /** The sign-in ended; else nobody was here for a while. */
  expired: boolean;
  waiting: number;
  onIn: () => void;
  onSignOut: () => Promise<string | undefined>;
}

/** Over the screens: prove again who you are, or leave. */
export function Again({ api, handle, expired, waiting, onIn, onSignOut }: Props) {
  return (
    <Sheet title={t("app.sign_in")} foot={<SignOut waiting={waiting} onSignOut={onSignOut} />}>
      <SignIn api={api} handle={handle} says={t(expired ? "menu.expired" : "menu.locked")} onIn={onIn} />
    </Sheet>
  );
}
