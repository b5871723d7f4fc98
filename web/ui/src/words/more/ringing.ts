import ringing from "../en/ringing.json";
import { bring } from "../words.ts";

bring({ ringing });
