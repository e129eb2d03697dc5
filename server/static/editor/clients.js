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

/** For each tool its name, what to do, and the text to take; `endpoint` is a whole address, `query` has rows. */
export function clients(endpoint, query, more) {
  const fields = more.map(([name, value]) => ` \\\n  --data-urlencode ${quoted.shell(`${name}=${value}`)}`).join("");
  const address = permalink(endpoint, query, more);
  const csv = permalink(endpoint, query, more, "csv");
  const at = more.length ? permalinkOf(endpoint, more) : endpoint;
  return [
    { name: "curl", how: "In a terminal. text/csv may be application/json, text/turtle and more.",
      text: `curl -sS ${quoted.shell(endpoint)} -H 'Accept: text/csv' \\\n  --data-urlencode ${quoted.shell(`query=${query}`)}${fields}` },
    { name: "Python", how: "With pandas (pip install pandas); without it, csv.DictReader reads the same lines.",
      text: `import io\nimport urllib.parse\nimport urllib.request\n\nimport pandas\n\nQUERY = ${quoted.python(query)}\n\nrequest = urllib.request.Request(\n    ${JSON.stringify(at)},\n    data=urllib.parse.urlencode({"query": QUERY}).encode(),\n    headers={"Accept": "text/csv"},\n)\nwith urllib.request.urlopen(request) as answer:\n    table = pandas.read_csv(io.TextIOWrapper(answer, "utf-8"))\nprint(table)` },
    { name: "R", how: "R 4.0 or newer, with httr2 (install.packages(\"httr2\")).",
      text: `library(httr2)\n\nquery <- ${quoted.r(query)}\n\nanswer <- request(${JSON.stringify(at)}) |>\n  req_headers(Accept = "text/csv") |>\n  req_body_form(query = query) |>\n  req_perform()\ntable <- read.csv(text = resp_body_string(answer, "UTF-8"))\nprint(table)` },
    { name: "Spreadsheet", how: "Excel: Data, From Web, and this address. LibreOffice Calc: Sheet, External Links, and this address. Google Sheets, if this server can be reached from outside: =IMPORTDATA(\"…\") with it.", text: csv },
    { name: "Link", how: "To this query with its answer, for mail and footnotes.", text: address },
    { name: "Embed", how: "The answer alone, with a link back, for a page of yours; #chart, #timeline, #map or #graph at the end of the address opens that tab.",
      text: `<iframe src="${permalink(endpoint, query, [...more, ["embed", "1"]]).replaceAll("&", "&amp;")}" width="100%" height="480" title="An answer from Parley" loading="lazy"></iframe>` },
  ];
}

function permalinkOf(endpoint, more) {
  return `${endpoint}?${new URLSearchParams(more)}`;
}
