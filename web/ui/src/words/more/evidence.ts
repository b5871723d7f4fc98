import evidence from "../en/evidence.json";
import { bring } from "../words.ts";

bring({ evidence });
