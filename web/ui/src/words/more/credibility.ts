import credibility from "../en/credibility.json";
import { bring } from "../words.ts";

bring({ credibility });
