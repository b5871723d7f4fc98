import handover from "../en/handover.json";
import { bring } from "../words.ts";

bring({ handover });
