import templates from "../en/templates.json";
import { bring } from "../words.ts";

bring({ templates });
