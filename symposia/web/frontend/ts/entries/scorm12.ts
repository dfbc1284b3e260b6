import * as scorm from "scorm-again/scorm12";
import { SETTINGS, startPackage, type Runtime, type Service } from "../package/frame";

const { Scorm12API } = scorm as unknown as { Scorm12API: new (settings: object) => Runtime };

startPackage((httpService: Service) => new Scorm12API({ ...SETTINGS, httpService }));
