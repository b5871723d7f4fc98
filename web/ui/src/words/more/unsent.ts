import unsent from "../en/unsent.json";
import { bring } from "../words.ts";

bring({ unsent });
