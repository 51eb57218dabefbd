"""The page of those who may come: enquiries, visits, the waiting list, closed days."""
