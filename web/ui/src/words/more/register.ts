import register from "../en/register.json";
import { bring } from "../words.ts";

bring({ register });
