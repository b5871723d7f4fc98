import acts from "../en/acts.json";
import { bring } from "../words.ts";

bring({ acts });
