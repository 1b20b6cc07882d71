/** The engine for a page of the tests' own (tests/web/test_editor_pixels.py); nothing of the app imports it. */
import { Board } from "./board";
import { Codec } from "./codec";
import { openDocuments } from "./documents";
import { plan, survey } from "./plan";
import { packWorkspace, unpackWorkspace } from "./workspace";

Object.assign(globalThis, {
  engine: { Board, Codec, openDocuments, packWorkspace, plan, survey, unpackWorkspace },
});
