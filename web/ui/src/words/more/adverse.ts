import adverse from "../en/adverse.json";
import { bring } from "../words.ts";

bring({ adverse });
