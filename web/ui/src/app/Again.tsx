import { Sheet } from "../design/Sheet.tsx";
import type { Api } from "../http/api.ts";
import { SignIn } from "../signin/SignIn.tsx";
import { t } from "../words/words.ts";
import { SignOut } from "./SignOut.tsx";

interface Props {
  api: Api;
  handle: string;
  says: string;
  waiting: number;
  onIn: () => void;
  onSignOut: () => Promise<string | undefined>;
}

/** Over the screens: prove again who you are, or leave. */
export function Again({ api, handle, says, waiting, onIn, onSignOut }: Props) {
  return (
    <Sheet title={t("app.sign_in")} foot={<SignOut waiting={waiting} onSignOut={onSignOut} />}>
      <SignIn api={api} handle={handle} says={says} onIn={onIn} />
    </Sheet>
  );
}
