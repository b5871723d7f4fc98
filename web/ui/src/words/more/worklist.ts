import worklist from "../en/worklist.json";
import { bring } from "../words.ts";

bring({ worklist });
