import room from "../en/room.json";
import { bring } from "../words.ts";

bring({ room });
