import type { Answer, Question } from "./codec";
import { decodeImage } from "./decoding";
import { EditorError } from "./errors";
import { writePng } from "./png";

const worker = self as unknown as {
  onmessage: (event: MessageEvent<Question>) => void;
  postMessage: (answer: Answer, transfer?: Transferable[]) => void;
};

worker.onmessage = async ({ data: question }) => {
  const { id } = question;
  try {
    if ("file" in question) {
      const decoded = await decodeImage(question.file);
      worker.postMessage({ id, result: decoded }, [decoded.pixels.data.buffer]);
    } else {
      worker.postMessage({ id, result: new Blob([writePng(question.pixels)], { type: "image/png" }) });
    }
  } catch (error) {
    const known = error instanceof EditorError;
    worker.postMessage({ id, fault: known ? error.fault : "broken_image", detail: String(error) });
  }
};
