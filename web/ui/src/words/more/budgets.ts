import budgets from "../en/budgets.json";
import { bring } from "../words.ts";

bring({ budgets });
