import setup from "../en/setup.json";
import { bring } from "../words.ts";

bring({ setup });
