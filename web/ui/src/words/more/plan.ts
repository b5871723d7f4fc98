import plan from "../en/plan.json";
import { bring } from "../words.ts";

bring({ plan });
