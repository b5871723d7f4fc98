import channels from "../en/channels.json";
import { bring } from "../words.ts";

bring({ channels });
