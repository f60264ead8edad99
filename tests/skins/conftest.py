"""Who reads public pages."""

from tests.portal.readers import afresh as afresh
from tests.portal.readers import reader as reader
