// How to get the answer to the present query from elsewhere: one text for each tool, made for that query.

const quoted = {
  shell: (text) => `'${text.replaceAll("'", `'\\''`)}'`,
  python: (text) => (/"""|\\|"$/.test(text) ? JSON.stringify(text) : `"""${text}"""`),
  r: (text) => {
    let dashes = "-";
    while (text.includes(`)${dashes}"`)) dashes += "-";
    return `r"${dashes}(${text})${dashes}"`;
  },
};

/** The address of the answer in a format, with further fields such as a graph. */
export function permalink(endpoint, query, more = [], format) {
  const fields = new URLSearchParams([["query", query], ...more, ...(format ? [["format", format]] : [])]);
  return `${endpoint}?${fields}`;
}

const TYPES = { rows: "text/csv", boolean: "application/sparql-results+json", graph: "text/turtle" };

/** For each tool its name, what to do, and the text to take; `endpoint` is a whole address. */
export function clients(endpoint, query, more, kind) {
  const type = TYPES[kind];
  const rows = kind === "rows";
  const fields = more.map(([name, value]) => ` \\\n  --data-urlencode ${quoted.shell(`${name}=${value}`)}`).join("");
  const at = JSON.stringify(more.length ? `${endpoint}?${new URLSearchParams(more)}` : endpoint);
  const embedded = permalink(endpoint, query, [...more, ["embed", "1"]]).replaceAll("&", "&amp;");
  return [
    { name: "curl", how: "In a terminal; the manual of the service says which other types Accept may name.",
      text: `curl -sS ${quoted.shell(endpoint)} -H 'Accept: ${type}' \\\n  --data-urlencode ${quoted.shell(`query=${query}`)}${fields}` },
    { name: "Python", how: rows ? "Needs nothing else. With pandas, pandas.read_csv(…) takes the place of the loop." : "Needs nothing else.",
      text: python(at, query, type, rows) },
    { name: "R", how: "R 4.1 or newer, with httr2: install.packages(\"httr2\").",
      text: `library(httr2)\n\nquery <- ${quoted.r(query)}\n\nanswer <- request(${at}) |>\n  req_headers(Accept = "${type}") |>\n  req_body_form(query = query) |>\n  req_perform() |>\n  resp_body_string("UTF-8")\n${rows ? "table <- read.csv(text = answer)\nprint(table)" : "cat(answer)"}` },
    ...(rows ? [{ name: "Spreadsheet", how: "LibreOffice Calc: Sheet, External Links, and this address. Excel: Data, From Web. Google Sheets: =IMPORTDATA(\"…\") with it, if this server can be reached from outside.",
      text: permalink(endpoint, query, more, "csv") }] : []),
    { name: "Link", how: "To this query with its answer, for mail and footnotes.", text: permalink(endpoint, query, more) },
    { name: "Embed", how: "The answer alone, with a link back, for a page of yours. #chart, #timeline, #map or #graph at the end of the address opens that tab.",
      text: `<iframe src="${embedded}" width="100%" height="480" title="An answer from Parley" loading="lazy"></iframe>` },
  ];
}

function python(at, query, type, rows) {
  const read = rows
    ? `    for row in csv.DictReader(io.TextIOWrapper(answer, "utf-8")):\n        print(row)`
    : `    print(answer.read().decode())`;
  return `${rows ? "import csv\nimport io\n" : ""}import urllib.parse\nimport urllib.request\n\nQUERY = ${quoted.python(query)}\n\nrequest = urllib.request.Request(\n    ${at},\n    data=urllib.parse.urlencode({"query": QUERY}).encode(),\n    headers={"Accept": "${type}"},\n)\nwith urllib.request.urlopen(request) as answer:\n${read}`;
}
