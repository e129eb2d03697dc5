// Asks with Comunica: jobs come as JSON on standard input, answers go as JSON to standard output, in their order.
//
// A job has an engine (`sparql` or `traversal`), sources and a query. Only addresses that begin with `only` are asked, so
// that nothing leaves the machine; links that lead elsewhere are passed over.

import { text } from 'node:stream/consumers';

const engines = {
  sparql: async() => new (await import('@comunica/query-sparql')).QueryEngine(),
  traversal: async() => new (await import('@comunica/query-sparql-link-traversal')).QueryEngine(),
};

function guarded(only, asked) {
  return (address, options) => {
    const url = typeof address === 'string' ? address : address.url ?? String(address);
    if (!url.startsWith(only)) {
      return Promise.reject(new Error(`${url} is not asked here`));
    }
    asked.push(url);
    return fetch(address, options);
  };
}

async function answer(engine, { sources, query, only }) {
  const asked = [];
  const found = await engine.queryBindings(query, { sources, fetch: guarded(only, asked), lenient: true });
  const rows = await found.toArray();
  const plain = rows.map(row => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value])));
  return { rows: plain, asked };
}

const answers = [];
const ready = {};
for (const job of JSON.parse(await text(process.stdin))) {
  ready[job.engine] ??= await engines[job.engine]();
  try {
    answers.push(await answer(ready[job.engine], job));
  } catch (error) {
    answers.push({ error: String(error) });
  }
}
process.stdout.write(JSON.stringify(answers));
