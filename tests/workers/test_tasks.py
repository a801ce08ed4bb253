import threading

from workers.tasks import Crew


def test_only_so_many_work_for_a_queue_at_once():
    crew = Crew(services=lambda: None, stopping=threading.Event(), threads=8)
    with crew.place("a", 1) as first, crew.place("a", 1) as second, crew.place("b", 1) as other:
        assert (first, second, other) == (True, False, True)
    with crew.place("a", 1) as later:
        assert later
