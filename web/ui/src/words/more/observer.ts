import observer from "../en/observer.json";
import { bring } from "../words.ts";

bring({ observer });
