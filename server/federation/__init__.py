"""SERVICE and LOAD reach other servers from here only: those of a list, through a guard, and beforehand."""
