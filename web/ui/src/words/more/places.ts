import places from "../en/places.json";
import { bring } from "../words.ts";

bring({ places });
