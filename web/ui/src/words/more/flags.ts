import flags from "../en/flags.json";
import { bring } from "../words.ts";

bring({ flags });
