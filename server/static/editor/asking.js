// Asks the endpoint, and gives back rows, a yes or no, or triples; or what is wrong, with its place in the query.
import { told } from "./page.js";

const MOST = 64 * 2 ** 20; // bytes that a page takes; a table of more helps nobody, and stops the browser
const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, application/problem+json;q=0.1";

/** What is wrong with a query or its answer; `line` and `column` count from 1 where they are known. */
export class Fault extends Error {
  constructor(detail, { line, column } = {}) {
    super(detail);
    Object.assign(this, { line, column });
  }
}

/**
 * The answer to a query: `kind` (rows, boolean, graph), `columns`, `rows`, `milliseconds`, `bytes`, `version`,
 * `kept` if it had been answered before, `cut` where a limit of the server ended it. `more` are fields of the
 * protocol that go with it. Raises Fault.
 */
export async function ask(query, more, signal) {
  const began = performance.now();
  let reply = await sent(query, more, signal);
  if (reply.status === 413) reply = await sent(query, [...more, ["partial", "1"]], signal);
  const body = await read(reply);
  if (!reply.ok) throw fault(reply, body);
  const answer = reply.headers.get("Content-Type").startsWith("application/n-triples") ? graph(body) : results(body);
  return {
    ...answer,
    query,
    bytes: body.length,
    milliseconds: performance.now() - began,
    version: reply.headers.get("Parley-Data-Version"),
    kept: reply.headers.get("Parley-Cache") === "hit",
    cut: reply.headers.get("Parley-Cut"),
  };
}

/** Rows of a query of ours, for labels and places. */
export async function rowsOf(query) {
  return (await ask(query, [], undefined)).rows;
}

async function sent(query, more, signal) {
  try {
    const body = new URLSearchParams([["query", query], ...more]);
    return await fetch(told.endpoint, { method: "POST", headers: { Accept: ACCEPT }, body, signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Fault("The server does not answer. Is it still running, and are you online?");
  }
}

async function read(reply) {
  const [pieces, reader] = [[], reply.body.getReader()];
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return new TextDecoder().decode(await new Blob(pieces).arrayBuffer());
    size += value.length;
    if (size > MOST) {
      await reader.cancel();
      throw new Fault(`The answer has more than ${MOST / 2 ** 20} MB, too much for a page. Add a LIMIT, or ask for CSV by a program.`);
    }
    pieces.push(value);
  }
}

function fault(reply, body) {
  try {
    return new Fault(...(({ detail, ...rest }) => [detail, rest])(JSON.parse(body)));
  } catch {
    return new Fault(`${reply.status} ${reply.statusText}: ${body.slice(0, 300)}`);
  }
}

function results(body) {
  const { head, boolean, results: found } = JSON.parse(body);
  if (boolean !== undefined) return { kind: "boolean", columns: ["answer"], rows: [], yes: boolean };
  return { kind: "rows", columns: head.vars, rows: found.bindings };
}

const TERM = /(<<\(.*\)>>)|<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@([A-Za-z0-9-]+))?/y;
const ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

function graph(body) {
  const rows = body.split("\n").filter(Boolean).map(triple).filter(Boolean);
  return { kind: "graph", columns: ["subject", "predicate", "object"], rows };
}

/** A line of N-Triples as a row, in which a triple that is a term stays as it is written; nothing for a comment. */
function triple(line) {
  const found = [];
  TERM.lastIndex = 0;
  for (let match = TERM.exec(line); match && found.length < 3; match = TERM.exec(line)) {
    found.push(term(match));
    while (line[TERM.lastIndex] === " ") TERM.lastIndex += 1;
  }
  return found.length === 3 ? { subject: found[0], predicate: found[1], object: found[2] } : undefined;
}

function term([, written, iri, node, literal, datatype, language]) {
  if (written !== undefined) return { type: "literal", value: written };
  if (iri !== undefined) return { type: "uri", value: plain(iri) };
  if (node !== undefined) return { type: "bnode", value: node };
  return { type: "literal", value: plain(literal), datatype, "xml:lang": language };
}

function plain(text) {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) =>
    four || eight ? String.fromCodePoint(parseInt(four || eight, 16)) : ESCAPES[one] ?? one);
}
