import identifiers from "../en/identifiers.json";
import { bring } from "../words.ts";

bring({ identifiers });
