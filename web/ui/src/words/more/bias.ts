import bias from "../en/bias.json";
import { bring } from "../words.ts";

bring({ bias });
