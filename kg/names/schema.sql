-- Names of things and the words in them, for one version of a graph. Written once; `kg.names.index` reads it.
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;

-- A thing of the graph; `iri` ends in `key`, such as state/france. `named` has those that people know by a name,
-- not by a description that was made of its parts, as statements have.
CREATE TABLE thing (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, label TEXT NOT NULL,
  description TEXT NOT NULL, named INTEGER NOT NULL, mentions INTEGER NOT NULL);

-- What a thing is, the most telling class first.
CREATE TABLE typed (type TEXT, place INTEGER, thing INTEGER, PRIMARY KEY (type, thing)) WITHOUT ROWID;
CREATE INDEX types_of ON typed (thing, place);

-- One name of a thing. `plain` is its words in order, `bag` in the order of letters, `joined` without spaces.
CREATE TABLE name (
  id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, text TEXT NOT NULL, role TEXT NOT NULL,
  plain TEXT NOT NULL, bag TEXT NOT NULL, joined TEXT NOT NULL);
CREATE INDEX name_thing ON name (thing);
CREATE INDEX name_bag ON name (bag);
CREATE INDEX name_joined ON name (joined);

-- What stands for one thing and is no name: its key, its IRI, codes, and what it is the same as elsewhere.
CREATE TABLE identifier (text TEXT, thing INTEGER, PRIMARY KEY (text, thing)) WITHOUT ROWID;

-- Which names a word is in, and which words share a skeleton that has at most one consonant left out.
CREATE TABLE posting (word TEXT, named INTEGER, name INTEGER, PRIMARY KEY (word, named, name)) WITHOUT ROWID;
CREATE TABLE near (bones TEXT, word TEXT, PRIMARY KEY (bones, word)) WITHOUT ROWID;

-- Classes and properties that things have, with how many things have them.
CREATE TABLE class (key TEXT PRIMARY KEY, iri TEXT, label TEXT, description TEXT, things INTEGER) WITHOUT ROWID;
CREATE TABLE broader (class TEXT, broader TEXT, PRIMARY KEY (class, broader)) WITHOUT ROWID;
CREATE TABLE property (key TEXT PRIMARY KEY, iri TEXT, label TEXT, description TEXT, things INTEGER) WITHOUT ROWID;

-- Plain words of names and of what was said, for searching; a row's number is that of its thing.
CREATE VIRTUAL TABLE words USING fts5(names, said, tokenize = "ascii", prefix = '1 2 3');
