import forms from "../en/forms.json";
import { bring } from "../words.ts";

bring({ forms });
