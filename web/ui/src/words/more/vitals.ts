import vitals from "../en/vitals.json";
import { bring } from "../words.ts";

bring({ vitals });
