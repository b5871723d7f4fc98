import keys from "../en/keys.json";
import { bring } from "../words.ts";

bring({ keys });
