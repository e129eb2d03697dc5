"""A citation as a sentence, for a footnote or a list of references; the reader adds the day of access."""

from server.citing.work import Work, plain, project

ACCESS = "Accessed [date]."


def written(work: Work) -> str:
    """The sentence, on a line of its own."""
    return f"{sentence(work)}\n"


def sentence(work: Work) -> str:
    """Author, title, what it is part of, version, address; of words, the article that they come from."""
    authors, year = " and ".join(project()["authors"]), project()["released"][:4]
    if work.whole:
        said = f"{authors} ({year}). {work.title} [{work.name}], {work.edition}. {work.address}."
    else:
        whole = f"{authors} ({year}), {project()['title']}, {work.edition}"
        said = f"{plain(work.title)} [{work.name}]. In: {whole}. {work.address}."
    original = f" {plain(work.source_with_address)}." if work.original else ""
    return f"{said}{original} {ACCESS}"
