import reach from "../en/reach.json";
import { bring } from "../words.ts";

bring({ reach });
