import whom from "../en/whom.json";
import { bring } from "../words.ts";

bring({ whom });
