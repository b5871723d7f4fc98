import insights from "../en/insights.json";
import { bring } from "../words.ts";

bring({ insights });
