import webhooks from "../en/webhooks.json";
import { bring } from "../words.ts";

bring({ webhooks });
