"""Tests of imaging, and the zoo of hostile pictures that tests of the server use too."""
