"""The books: accounts, journal, the close of a month, yearly statements."""

from carehome.services.books.service import Books as Books
from carehome.services.books.service import BooksMonth as BooksMonth
from carehome.services.books.service import ClosedMonth as ClosedMonth
from carehome.services.books.service import MonthStanding as MonthStanding
from carehome.services.books.statements import Statements as Statements
from carehome.services.books.statements import YearStanding as YearStanding
