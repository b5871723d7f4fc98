import moderation from "../en/moderation.json";
import { bring } from "../words.ts";

bring({ moderation });
