import * as scorm from "scorm-again/scorm2004";
import { SETTINGS, startPackage, type Runtime, type Service } from "../package/frame";

const { Scorm2004API } = scorm as unknown as { Scorm2004API: new (settings: object) => Runtime };

startPackage((httpService: Service) => new Scorm2004API({ ...SETTINGS, httpService }));
