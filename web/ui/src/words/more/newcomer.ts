import newcomer from "../en/newcomer.json";
import { bring } from "../words.ts";

bring({ newcomer });
